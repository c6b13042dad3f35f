import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";

export const metadata: Metadata = { title: "Privacy" };

export default function PrivacyPage() {
  return (
    <ComingLater title="Privacy" will="Which providers may see your prompts will be set here for all requests.">
      <p>
        Set <code className="font-mono">provider.data_collection</code> or{" "}
        <code className="font-mono">provider.zdr</code> in a request. Prompts and answers are never stored on this
        server.
      </p>
    </ComingLater>
  );
}
