import localFont from "next/font/local";

/** Archivo: a grotesque in the manner of station signs, with tabular figures. Source: npm, SIL Open Font License. */
export const sans = localFont({
  src: "../node_modules/@fontsource-variable/archivo/files/archivo-latin-wght-normal.woff2",
  variable: "--font-archivo",
  weight: "100 900",
});

/** Spline Sans Mono, for ids, code and whatever is compared character by character. */
export const mono = localFont({
  src: "../node_modules/@fontsource-variable/spline-sans-mono/files/spline-sans-mono-latin-wght-normal.woff2",
  variable: "--font-spline-mono",
  weight: "300 700",
  preload: false,
});
