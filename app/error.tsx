"use client";

import { Button } from "@/components/ui/button";

export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-xl flex-1 content-center justify-items-start gap-4 px-4 py-16 sm:px-6"
    >
      <h1 className="font-semibold text-2xl tracking-tight">This page could not be shown</h1>
      <p className="text-muted">Something failed on our side. It has been logged; trying again often helps.</p>
      {error.digest !== undefined && (
        <p className="text-muted text-sm">
          Reference: <code className="font-mono">{error.digest}</code>
        </p>
      )}
      <Button variant="primary" onClick={retry}>
        Try again
      </Button>
    </main>
  );
}
