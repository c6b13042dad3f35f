import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";

export const metadata: Metadata = { title: "Plugins" };

export default function PluginsPage() {
  return (
    <ComingLater title="Plugins" will="Defaults for web search, file parsing and response healing will be set here.">
      <p>
        Name them in the <code className="font-mono">plugins</code> field of a request.
      </p>
    </ComingLater>
  );
}
