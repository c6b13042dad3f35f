import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

type Vector = readonly [number, number, number];
type Theme = "light" | "dark";
type Oklch = { lightness: number; chroma: number; hueDegrees: number };

const THEMES = ["light", "dark"] as const;
const css = readFileSync(fileURLToPath(new URL("./tokens.css", import.meta.url)), "utf8");

const SURFACES = ["canvas", "raised", "sunken", "hover"] as const;
const SERIES = ["1", "2", "3", "4", "5", "6", "7", "8", "rest"].map((name) => `series-${name}`);

/** Text and its ground: 4.5 to 1 (WCAG 1.4.3). */
const TEXT_PAIRS = [
  ...["ink", "muted", "signal", "caution", "danger"].flatMap((text) => SURFACES.map((ground) => [text, ground])),
  ...["signal", "caution", "danger"].flatMap((tone) => [
    [tone, `${tone}-wash`],
    ["ink", `${tone}-wash`],
    ["muted", `${tone}-wash`],
  ]),
  ["on-signal", "signal"],
  ["on-signal", "signal-strong"],
  ["on-danger", "danger"],
  ["signal-strong", "canvas"],
  ["canvas", "ink"],
  ...["code-string", "code-keyword", "code-number"].map((text) => [text, "sunken"]),
];

/** Edges of controls, marks of a chart, rings of focus: 3 to 1 (WCAG 1.4.11). */
const SHAPE_PAIRS = [
  ...["edge", "signal", "danger"].flatMap((shape) => SURFACES.map((ground) => [shape, ground])),
  ...SERIES.flatMap((series) => [
    [series, "canvas"],
    [series, "raised"],
  ]),
];

/** Linear sRGB as a dichromat sees it. Source: Machado, Oliveira, Fernandes 2009, severity 1. */
const DEFICIENCIES: Readonly<Record<string, readonly Vector[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

test.each(THEMES.flatMap((theme) => TEXT_PAIRS.map(([text = "", ground = ""]) => ({ theme, text, ground }))))(
  "$theme: $text can be read on $ground",
  ({ theme, text, ground }) => expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5),
);

test.each(THEMES.flatMap((theme) => SHAPE_PAIRS.map(([shape = "", ground = ""]) => ({ theme, shape, ground }))))(
  "$theme: $shape can be seen on $ground",
  ({ theme, shape, ground }) => expect(contrast(shape, ground, theme)).toBeGreaterThanOrEqual(3),
);

const STATUS_PAIRS = [
  ["signal", "danger"],
  ["signal", "caution"],
  ["caution", "danger"],
] as const;

test.each(
  THEMES.flatMap((theme) =>
    Object.keys(DEFICIENCIES).flatMap((deficiency) =>
      STATUS_PAIRS.map(([one, other]) => ({ theme, deficiency, one, other })),
    ),
  ),
)("$theme, $deficiency: $one is told from $other", ({ theme, deficiency, one, other }) => {
  const seen = [one, other].map((name) => toOklab(simulate(toLinear(token(name, theme)), deficiency)));
  expect(distance(seen[0], seen[1])).toBeGreaterThan(0.05);
});

test("no colour leaves the range of a screen, where browsers would each clip it their own way", () => {
  const outside = [...css.matchAll(/--color-([\w-]+): light-dark/g)].flatMap(([, name = ""]) =>
    THEMES.filter((theme) => toLinear(token(name, theme)).some((part) => part < -0.002 || part > 1.002)).map(
      (theme) => `${name} (${theme})`,
    ),
  );
  expect(outside).toEqual([]);
});

function token(name: string, theme: Theme): Oklch {
  const found = new RegExp(`--color-${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(css);
  const text = theme === "light" ? found?.[1] : found?.[2];
  if (text === undefined) throw new Error(`no colour token ${name}`);
  const [lightness = 0, chroma = 0, hueDegrees = 0] = text.split(/[\s/]+/).map(Number);
  return { lightness, chroma, hueDegrees };
}

function contrast(one: string, other: string, theme: Theme): number {
  const [brighter = 0, darker = 0] = [one, other]
    .map((name) => luminance(toLinear(token(name, theme))))
    .sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance([red, green, blue]: Vector): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Source: Björn Ottosson, "A perceptual color space for image processing", 2020. */
function toLinear({ lightness, chroma, hueDegrees }: Oklch): Vector {
  const hue = (hueDegrees * Math.PI) / 180;
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function toOklab([red, green, blue]: Vector): Vector {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

function simulate(colour: Vector, deficiency: string): Vector {
  const [red = 0, green = 0, blue = 0] = (DEFICIENCIES[deficiency] ?? []).map((row) =>
    row.reduce((sum, weight, index) => sum + weight * (colour[index] ?? 0), 0),
  );
  return [red, green, blue];
}

function distance(one: Vector = [0, 0, 0], other: Vector = [0, 0, 0]): number {
  return Math.hypot(...one.map((part, index) => part - (other[index] ?? 0)));
}
