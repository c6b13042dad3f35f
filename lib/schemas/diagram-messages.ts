import { z } from "zod";

// What a page and the frame that draws diagrams say to each other; see app/frames/diagram/route.ts.

/** Names are those of mermaid's theme variables; colours as `#rrggbb`. */
export type DiagramTheme = Readonly<Record<string, string | boolean>> & { fontFamily: string; darkMode: boolean };

/** The first message: where the drawing library is. */
export type DiagramStart = { library: string };

export type DiagramQuestion = { id: number; text: string; theme: DiagramTheme };

export const diagramAnswerSchema = z.union([
  z.object({ isReady: z.literal(true) }),
  z.object({ id: z.number(), svg: z.string().startsWith("<svg") }),
  /** The text is no diagram, in the library's words. */
  z.object({ id: z.number(), trouble: z.string() }),
]);
