"use client";

import "./globals.css";

export default function GlobalError() {
  return (
    <html lang="en">
      <body className="grid min-h-dvh content-center justify-items-center gap-3 px-4 text-center">
        <title>Signalbox is in trouble</title>
        <h1 className="font-semibold text-2xl">Signalbox is in trouble</h1>
        <p className="text-muted">No page can be shown right now. Please reload in a moment.</p>
      </body>
    </html>
  );
}
