"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import type { ApiSample } from "./api-samples";

/** The samples, one for each client. */
export function ApiSamplesView({ samples }: { samples: readonly ApiSample[] }) {
  return (
    <Tabs
      label="Client"
      tabs={samples.map(({ id, label, language, code }) => ({
        id,
        label,
        content: <CodeBlock label={label} language={language} code={code} />,
      }))}
    />
  );
}
