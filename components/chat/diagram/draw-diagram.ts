import { type DiagramQuestion, type DiagramStart, diagramAnswerSchema } from "@/lib/schemas/diagram-messages";
import { diagramTheme } from "./diagram-theme";

type Waiting = { resolve: (svg: string) => void; reject: (error: Error) => void };

/** What was drawn cannot be drawn: the text is wrong, in words for the person. */
export class NoDiagram extends Error {}

/** A file of its own, which the frame loads: no page has it in its code. */
const LIBRARY = new URL("@mermaid-js/tiny/dist/mermaid.tiny.js", import.meta.url);

/** The frame says so itself when it has the library, unless that could not be loaded. */
const READY_WITHIN_MS = 15_000;

let frame: Promise<HTMLIFrameElement> | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

/**
 * Draws a diagram in the colours of the page as they are now.
 *
 * @param text in mermaid's language
 * @returns an SVG document
 * @throws NoDiagram
 */
export async function drawDiagram(text: string): Promise<string> {
  frame ??= openFrame();
  const { contentWindow } = await frame.catch((error: unknown) => {
    // The next one tries again.
    frame = undefined;
    throw error;
  });
  lastId += 1;
  const question: DiagramQuestion = { id: lastId, text, theme: diagramTheme() };
  return new Promise((resolve, reject) => {
    waiting.set(question.id, { resolve, reject });
    // A frame of no origin has none that could be named.
    contentWindow?.postMessage(question, "*");
  });
}

function openFrame(): Promise<HTMLIFrameElement> {
  const element = document.createElement("iframe");
  element.src = "/frames/diagram";
  element.sandbox.add("allow-scripts");
  element.title = "Drawing of diagrams";
  element.ariaHidden = "true";
  element.tabIndex = -1;
  // Out of sight, but laid out: what is drawn is measured.
  element.className = "pointer-events-none invisible fixed top-0 -left-[100vw] -z-10 h-[48rem] w-[64rem]";
  return new Promise((resolve, reject) => {
    window.addEventListener("message", ({ source, data }) => {
      if (source !== element.contentWindow) return;
      const { data: answer } = diagramAnswerSchema.safeParse(data);
      if (answer === undefined) return;
      if ("isReady" in answer) resolve(element);
      else if ("svg" in answer) waiting.get(answer.id)?.resolve(answer.svg);
      else waiting.get(answer.id)?.reject(new NoDiagram(answer.trouble));
      if ("id" in answer) waiting.delete(answer.id);
    });
    element.addEventListener("load", () => {
      const start: DiagramStart = { library: LIBRARY.href };
      element.contentWindow?.postMessage(start, "*");
      setTimeout(() => reject(new NoDiagram("What draws it could not be loaded.")), READY_WITHIN_MS);
    });
    document.body.append(element);
  });
}
