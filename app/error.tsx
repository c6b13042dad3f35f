"use client";

import { ErrorState } from "@/components/ui/error-state";
import { Page } from "@/components/ui/page";

export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <Page title="This page could not be shown" width="text">
      <ErrorState title="Something failed on our side" onRetry={retry}>
        <p>It has been logged; trying again often helps.</p>
        {error.digest !== undefined && (
          <p>
            Reference: <code className="font-mono">{error.digest}</code>
          </p>
        )}
      </ErrorState>
    </Page>
  );
}
