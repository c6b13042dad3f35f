"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { RequestError } from "@/lib/queries/fetch-json";

const MAX_RETRIES = 2;

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
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function isRefusal(error: Error): boolean {
  return error instanceof RequestError && error.status < 500;
}
