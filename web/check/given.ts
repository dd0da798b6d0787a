// What somebody gave as a file, a picture of a QR code being what the code says.
import jsQR from "jsqr";
import { type Item, itemOf, itemOfText } from "./inbox.ts";

/** Larger pictures are made smaller: a code of 120 modules is read from 1,600 pixels. */
const SIDE_MAX = 1600;

async function textInPicture(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context) return undefined;
  context.drawImage(picture, 0, 0, width, height);
  return jsQR(context.getImageData(0, 0, width, height).data, width, height)?.data;
}

/** Undefined for a picture without a code. */
export async function itemOfFile(file: File): Promise<Item | undefined> {
  if (!file.type.startsWith("image/")) return itemOf(new Uint8Array(await file.arrayBuffer()));
  const text = await textInPicture(file).catch(() => undefined);
  return text === undefined ? undefined : itemOfText(text);
}
