import { randomBytes } from "node:crypto";

/**
 * What runs in the frame: draws whatever the page that holds it sends, and sends the picture back. Plain JavaScript of a
 * document of its own; `lib/schemas/diagram-messages.ts` says what the messages are.
 */
const SCRIPT = `
let drawing;
addEventListener("message", ({ source, data }) => {
  if (source !== parent) return;
  if (drawing === undefined) {
    drawing = load(data.library).then(() => parent.postMessage({ isReady: true }, "*"));
    return;
  }
  const { id, text, theme } = data;
  drawing = drawing.then(async () => {
    try {
      const { mermaid } = globalThis;
      mermaid.initialize({
        startOnLoad: false,
        securityLevel: "strict",
        suppressErrorRendering: true,
        theme: "base",
        fontFamily: theme.fontFamily,
        themeVariables: theme,
        htmlLabels: false,
        flowchart: { htmlLabels: false },
      });
      const { svg } = await mermaid.render("diagram", text);
      parent.postMessage({ id, svg }, "*");
    } catch (error) {
      parent.postMessage({ id, trouble: String(error?.message ?? error) }, "*");
    }
  });
});
function load(library) {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = resolve;
    document.head.append(script);
  });
}
`;

/**
 * The document in which diagrams are drawn. The library writes style attributes, which our pages' policy refuses, and
 * reads what a model wrote: so it runs in a frame of no origin (`sandbox`) that can ask nobody.
 */
export function GET(): Response {
  const nonce = randomBytes(16).toString("base64");
  const document = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Drawing of diagrams</title></head>
<body>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
  return new Response(document, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' 'strict-dynamic'`,
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-scripts",
      ].join("; "),
    },
  });
}
