import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";

export const metadata: Metadata = { title: "Provisioning keys" };

export default function ProvisioningKeysPage() {
  return (
    <ComingLater title="Provisioning keys" will="Keys that make, change and revoke other keys will be managed here.">
      <p>
        The environment variable <code className="font-mono">ADMIN_PROVISIONING_KEY</code> gives the administrator one
        at the first start; <code className="font-mono">/api/v1/keys</code> takes it.
      </p>
    </ComingLater>
  );
}
