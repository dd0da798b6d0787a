// Reads a QR code with the camera where the browser has a BarcodeDetector of its own; elsewhere nothing is offered.
import { useEffect, useRef, useState } from "preact/hooks";
import { Note } from "../shared/parts.tsx";
import { words } from "./words.ts";

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = new (options: { formats: string[] }) => Detector;

const detectorClass = (): DetectorClass | undefined => (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;

export function Camera({ onText }: { onText: (text: string) => void }) {
  const w = words().handOver;
  const [on, setOn] = useState(false);
  const [denied, setDenied] = useState(false);
  if (!detectorClass() || !navigator.mediaDevices) return null;
  const found = (text: string) => {
    setOn(false);
    onText(text);
  };
  const refused = () => {
    setOn(false);
    setDenied(true);
  };
  return (
    <div class="stack">
      <button type="button" aria-pressed={on} onClick={() => setOn(!on)}>
        {on ? w.stopCamera : w.camera}
      </button>
      {on && <Picture onText={found} onDenied={refused} />}
      {denied && <Note tone="warn">{w.cameraDenied}</Note>}
    </div>
  );
}

function Picture({ onText, onDenied }: { onText: (text: string) => void; onDenied: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | undefined;
    const watch = async () => {
      const Reader = detectorClass();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      if (stopped || !Reader || !video.current) return;
      video.current.srcObject = stream;
      await video.current.play();
      const reader = new Reader({ formats: ["qr_code"] });
      while (!stopped && video.current) {
        const [code] = await reader.detect(video.current);
        if (code) return onText(code.rawValue);
        // Four looks a second find a steady code at once and leave the phone cool.
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    };
    watch()
      .catch(() => stopped || onDenied())
      .finally(() => stopped && stop());
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    return () => {
      stopped = true;
      stop();
    };
  }, []);
  return <video ref={video} class="camera" muted playsInline aria-label={words().handOver.view} />;
}
