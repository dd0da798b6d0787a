// Where Python 3 is, for the second verifier: 3.9 or newer, by any of its usual names.
import { spawnSync } from "node:child_process";

const OLDEST = "import sys; sys.exit(sys.version_info < (3, 9))";

export const PYTHON: string | undefined = ["python3", "python"].find((name) => spawnSync(name, ["-c", OLDEST]).status === 0);

export const PYTHON_MISSING = "python3 (3.9 or newer) is not here: the second verifier, verifiers/python, does not run.";
