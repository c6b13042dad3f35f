import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";

export const metadata: Metadata = { title: "Lab" };

export default function LabPage() {
  return (
    <ComingLater title="Lab" will="Latency, errors and stalls of the sandbox will be turned here.">
      <p>
        Start with <code className="font-mono">SANDBOX=on</code>; its providers answer every request.
      </p>
    </ComingLater>
  );
}
