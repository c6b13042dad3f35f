import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import type { ClientSample } from "./client-samples";

export function ClientTabs({ samples }: { samples: readonly ClientSample[] }) {
  return (
    <Tabs
      label="Clients"
      tabs={samples.map(({ id, label, language, code }) => ({
        id,
        label,
        content: <CodeBlock label={label} language={language} code={code} />,
      }))}
    />
  );
}
