/** The picture of how it fits together, for light and for dark pages. */
interface Colours {
  readonly ink: string;
  readonly faint: string;
  readonly line: string;
  readonly ours: string;
  readonly oursLine: string;
  readonly theirs: string;
}

const LIGHT: Colours = {
  ink: "#1b2330",
  faint: "#57606a",
  line: "#8c959f",
  ours: "#e3f1ec",
  oursLine: "#1f7a5c",
  theirs: "#f6f8fa",
};
const DARK: Colours = {
  ink: "#e6edf3",
  faint: "#9da7b3",
  line: "#6e7681",
  ours: "#12352a",
  oursLine: "#4cc29a",
  theirs: "#161b22",
};

const WIDTH = 960;
const HEIGHT = 300;
const BOX = 76;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** What this package brings. */
  readonly ours?: true;
}

const APP: Box = {
  x: 8,
  y: 34,
  width: 208,
  title: "Constructs",
  lines: ["in your CDKTF app", "cdktf synth"],
  ours: true,
};
const HCL: Box = { x: 8, y: 182, width: 208, title: "Your configuration", lines: ["HCL", "npx cdktf-ksvla install"] };
const TERRAFORM: Box = {
  x: 292,
  y: 108,
  width: 148,
  title: "Terraform",
  lines: ["or OpenTofu", "plan, apply, destroy"],
};
const PLUGIN: Box = {
  x: 508,
  y: 108,
  width: 152,
  title: "Provider ksvla",
  lines: ["one file, on Node.js", "and its journal"],
  ours: true,
};
const SERVER: Box = {
  x: 736,
  y: 34,
  width: 216,
  title: "Integration Server",
  lines: ["its REST API connects, deploys,", "reconfigures and removes SVMs"],
};
const SIMULATOR: Box = {
  x: 736,
  y: 182,
  width: 216,
  title: "Simulator",
  lines: ["the same API on your machine,", "for tests and first steps"],
  ours: true,
};

const BOXES = [APP, HCL, TERRAFORM, PLUGIN, SERVER, SIMULATOR];
const ARROWS: readonly { readonly from: Box; readonly to: Box; readonly label?: string }[] = [
  { from: APP, to: TERRAFORM },
  { from: HCL, to: TERRAFORM },
  { from: TERRAFORM, to: PLUGIN, label: "gRPC" },
  { from: PLUGIN, to: SERVER, label: "HTTPS" },
  { from: PLUGIN, to: SIMULATOR },
];

/** The files' paths, relative to the project, and their texts. */
export function renderPictures(): readonly (readonly [string, string])[] {
  return [
    ["docs/images/overview-light.svg", picture(LIGHT)],
    ["docs/images/overview-dark.svg", picture(DARK)],
  ];
}

function picture(colours: Colours): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title"`,
    `  font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif">`,
    `  <title id="title">An app or a configuration goes through Terraform and the provider to an Integration Server, or to the simulator</title>`,
    `  <defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">`,
    `    <path d="M0 0 8 4 0 8Z" fill="${colours.line}"/></marker></defs>`,
    ...ARROWS.map((arrow) => renderArrow(arrow, colours)),
    ...BOXES.map((box) => renderBox(box, colours)),
    `  <rect x="8" y="280" width="14" height="14" rx="3" fill="${colours.ours}" stroke="${colours.oursLine}"/>`,
    `  <text x="30" y="291" font-size="12" fill="${colours.faint}">what this package brings</text>`,
    "</svg>",
    "",
  ].join("\n");
}

function renderBox({ x, y, width, title, lines, ours }: Box, colours: Colours): string {
  const middle = x + width / 2;
  const fill = ours ? colours.ours : colours.theirs;
  const stroke = ours ? colours.oursLine : colours.line;
  return [
    `  <rect x="${x}" y="${y}" width="${width}" height="${BOX}" rx="8" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`,
    `  <text x="${middle}" y="${y + 26}" text-anchor="middle" font-size="15" font-weight="600" fill="${colours.ink}">${title}</text>`,
    ...lines.map(
      (line, index) =>
        `  <text x="${middle}" y="${y + 46 + 17 * index}" text-anchor="middle" font-size="12" fill="${colours.faint}">${line}</text>`,
    ),
  ].join("\n");
}

function renderArrow({ from, to, label }: (typeof ARROWS)[number], colours: Colours): string {
  const start = { x: from.x + from.width, y: from.y + BOX / 2 };
  const end = { x: to.x - 3, y: to.y + BOX / 2 };
  const middle = (start.x + end.x) / 2;
  const path = `M${start.x} ${start.y} C${middle} ${start.y} ${middle} ${end.y} ${end.x} ${end.y}`;
  const line = `  <path d="${path}" fill="none" stroke="${colours.line}" stroke-width="1.5" marker-end="url(#end)"/>`;
  if (label === undefined) return line;
  const y = (start.y + end.y) / 2 - 8;
  const x = start.y === end.y ? middle : middle - 24;
  return `${line}\n  <text x="${x}" y="${y}" text-anchor="middle" font-size="11" fill="${colours.faint}">${label}</text>`;
}
