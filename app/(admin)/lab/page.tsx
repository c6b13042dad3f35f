import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Lab } from "@/components/lab/lab";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Page } from "@/components/ui/page";
import { listAttempts } from "@/lib/activity/list-attempts";
import { listPreviewModels } from "@/lib/gateway/list-preview-models";
import { listSandboxProviders } from "@/lib/gateway/list-sandbox-providers";
import { findSignedInUser } from "@/lib/identity/session";
import { LAB_REQUESTS_SHOWN } from "@/lib/queries/lab";
import { callFaultBoard } from "@/lib/sandbox/call-fault-board";

export const metadata: Metadata = { title: "Lab", robots: { index: false } };

/** Outside of the account's pages, whose skeleton would have said 200 before this one can say 404. */
export default async function LabPage() {
  const user = await findSignedInUser();
  if (user?.isAdmin !== true) notFound();
  const providers = listSandboxProviders();
  return (
    <Page
      title="Lab"
      description="What the sandbox's providers do wrong, and what that does to requests. No real provider is touched."
      actions={<Badge tone="caution">sandbox</Badge>}
    >
      {providers.length === 0 ? <SandboxIsOff /> : <SandboxIsOn accountId={user.accountId} providers={providers} />}
    </Page>
  );
}

function SandboxIsOff() {
  return (
    <EmptyState title="The sandbox is off">
      <p className="max-w-prose text-muted text-sm">
        No provider is played by it now, so there is nothing to turn: requests go to the providers that have a key. With{" "}
        <code className="font-mono">SANDBOX=on</code> it plays every provider without a key; restart the server for
        that.
      </p>
    </EmptyState>
  );
}

type SandboxIsOnProps = { accountId: string; providers: ReturnType<typeof listSandboxProviders> };

async function SandboxIsOn({ accountId, providers }: SandboxIsOnProps) {
  const [board, requests] = await Promise.all([
    callFaultBoard({ kind: "read" }).catch(() => null),
    listAttempts({ accountId, limit: LAB_REQUESTS_SHOWN }),
  ]);
  if (board === null) {
    return (
      <ErrorState title="The sandbox does not answer">
        It should be running, but does not tell which faults are on. Restart the server.
      </ErrorState>
    );
  }
  return (
    <Lab
      providers={providers}
      initialBoard={board}
      initialRequests={requests}
      model={listPreviewModels()[0]?.id ?? "openrouter/auto"}
    />
  );
}
