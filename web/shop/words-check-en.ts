// How a draw is checked, in English: the box and the sheet of the shop page.

export const checkEn = {
  title: "How the draw works, and how to check it",
  steps: [
    "Until the close everyone reserves. Each reservation gets a signed place in a list.",
    "After the close the list is sealed and published. Nothing can be added, changed or taken out.",
    "Only then does the random number appear, from a beacon that was named before the session opened.",
    "Anyone can compute from the two who won. Your phone does it from the published files and asks nobody.",
  ],
  beacon: "Random number from ",
  local:
    "This is a LOCAL beacon for trying out. Whoever runs this copy could choose its numbers, so this draw proves nothing to others.",
  at: (time: string) => `, due at ${time}.`,
  files: "Published files",
  notYet: "not published yet",
  file: {
    "manifest.json": "plan",
    "seal.json": "seal",
    "result.json": "result",
    "beacon.json": "random number",
  } as { [name: string]: string },
  table: (name: string) => `list: ${name}`,
  mine: "Check my draw",
  opening: "Opening…",
  running: "Downloading the proof…",
  sheet: "Your draw, checked on this device",
  notInLog: "The result does not stand in the public log yet. Try again in a moment.",
  saveAll: "Save for checking without network",
  saveProof: "Save the proof",
  saveHint:
    "Both files can be checked on any copy of the verify page, years from now and without this shop. They contain your secret number.",
  verifyPage: "The verify page, for everybody",
  verifyHint: "It checks a saved proof or somebody else's receipt, and can be saved and used without this shop.",
};
