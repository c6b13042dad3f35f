"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { formatDuration } from "@/components/ui/format-duration";
import { StatusDot } from "@/components/ui/status-dot";
import { testIntegration } from "@/lib/queries/integrations";
import type { ShownCredential } from "@/lib/schemas/provider-credential";

/** Asks the provider for a few tokens with a key, and says what came of it. */
export function IntegrationTest({ credential }: { credential: ShownCredential }) {
  const test = useMutation({ mutationFn: () => testIntegration(credential.id) });
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      <span role="status" className="max-w-prose text-start">
        {test.data !== undefined && (
          <span className="flex items-baseline gap-2">
            <StatusDot status={test.data.works ? "clear" : "stop"} />
            <span className="wrap-anywhere">
              {test.data.message}
              {test.data.model !== null && (
                <span className="text-muted">
                  {" "}
                  {test.data.model}, {formatDuration(test.data.duration_ms)}
                  {test.data.sandbox && ", sandbox"}
                </span>
              )}
            </span>
          </span>
        )}
        {test.error !== null && <span className="text-danger">{test.error.message}</span>}
      </span>
      <Button
        size="small"
        aria-label={`Test ${credential.name ?? credential.label}`}
        busy={test.isPending}
        onClick={() => test.mutate()}
      >
        Test
      </Button>
    </span>
  );
}
