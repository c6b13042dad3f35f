import type { Metadata } from "next";
import { ChatRoom } from "@/components/chat/chat-room";
import { EmptyState } from "@/components/ui/empty-state";
import { listChatModels } from "@/lib/gateway/list-chat-models";
import { requireSignedInUser } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Chat" };

type PageProps = { searchParams: Promise<{ models?: string | string[] }> };

export default async function ChatPage({ searchParams }: PageProps) {
  const wanted = firstModelOf((await searchParams).models);
  await requireSignedInUser(wanted === undefined ? "/chat" : `/chat?models=${encodeURIComponent(wanted)}`);
  const models = listChatModels();
  const model = models.find(({ id }) => id === wanted) ?? models[0];
  return (
    <main id="main" className="flex flex-1 flex-col">
      <h1 className="sr-only">Chat</h1>
      {model === undefined ? (
        <div className="mx-auto w-full max-w-3xl px-4 py-12 sm:px-6">
          <EmptyState title="No model can be reached yet">
            <p className="text-muted">
              Set a provider's key in the environment, or switch the sandbox on with SANDBOX=on.
            </p>
          </EmptyState>
        </div>
      ) : (
        <ChatRoom models={models} initialModelId={model.id} />
      )}
    </main>
  );
}

/** Links may name several models, separated by commas. */
function firstModelOf(models: string | string[] | undefined): string | undefined {
  return [models].flat()[0]?.split(",")[0];
}
