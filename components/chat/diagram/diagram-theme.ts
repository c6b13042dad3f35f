import type { DiagramTheme } from "@/lib/schemas/diagram-messages";

/** The page's colours as they are now, for a document that knows none of its tokens. */
export function diagramTheme(): DiagramTheme {
  const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(--color-${token})`;
    if (pixel === null) return "#808080";
    // The library reads no `oklch()`: a pixel of that colour is one in RGB.
    pixel.fillStyle = getComputedStyle(probe).color;
    pixel.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  const [raised, sunken, ink, muted] = [colour("raised"), colour("sunken"), colour("ink"), colour("muted")];
  const theme = {
    fontFamily: "ui-sans-serif, system-ui, sans-serif",
    darkMode: lightnessOf(raised) < lightnessOf(ink),
    background: raised,
    primaryColor: colour("signal-wash"),
    primaryTextColor: ink,
    primaryBorderColor: colour("signal"),
    secondaryColor: sunken,
    secondaryTextColor: ink,
    secondaryBorderColor: colour("edge"),
    tertiaryColor: colour("hover"),
    tertiaryTextColor: ink,
    tertiaryBorderColor: colour("edge"),
    lineColor: muted,
    textColor: ink,
    noteBkgColor: colour("caution-wash"),
    noteTextColor: ink,
    noteBorderColor: colour("caution"),
    pie1: colour("series-1"),
    pie2: colour("series-2"),
    pie3: colour("series-3"),
    pie4: colour("series-4"),
    pie5: colour("series-5"),
    pie6: colour("series-6"),
  };
  probe.remove();
  return theme;
}

function lightnessOf(colour: string): number {
  return [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(colour.slice(at, at + 2), 16), 0);
}
