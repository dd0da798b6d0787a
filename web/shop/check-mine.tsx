// One tap: check my draw.
import type { FunctionComponent } from "preact";
import { useState } from "preact/hooks";
import type { SessionView } from "../../contracts/sessions.ts";
import { TaskButton } from "../shared/parts.tsx";
import type { Kept } from "./kept.ts";
import { words } from "./words.ts";

type Sheet = FunctionComponent<{ view: SessionView; entry: Kept; onClose: () => void }>;

export function CheckMine({ view, entry, of }: { view: SessionView; entry: Kept; of?: string }) {
  const w = words().check;
  const [sheet, setSheet] = useState<{ Sheet: Sheet } | undefined>();
  const [open, setOpen] = useState(false);
  const start = async () => {
    if (!sheet) setSheet({ Sheet: (await import("./check-sheet.tsx")).CheckSheet });
    setOpen(true);
  };
  return (
    <>
      <TaskButton working={w.opening} run={start}>
        {of ? `${w.mine} · ${of}` : w.mine}
      </TaskButton>
      {open && sheet && <sheet.Sheet view={view} entry={entry} onClose={() => setOpen(false)} />}
    </>
  );
}
