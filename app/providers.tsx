"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import { Toaster } from "@/components/ui/toaster";
import { RequestError } from "@/lib/queries/request-error";

const MAX_RETRIES = 2;

// Open dialogs lock the page's scrolling with a style element, which the Content Security Policy lets in by its nonce.
if (typeof document !== "undefined") {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (nonce !== undefined) setNonce(nonce);
}

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 30_000,
            // A refusal stays one; only what may pass by itself is tried again.
            retry: (failures, error) => failures < MAX_RETRIES && !isRefusal(error),
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      {children}
      <Toaster />
    </QueryClientProvider>
  );
}

function isRefusal(error: Error): boolean {
  return error instanceof RequestError && error.status < 500;
}
