import type { Metadata } from "next";
import { ChatRoom } from "@/components/chat/chat-room";
import { EmptyState } from "@/components/ui/empty-state";
import { MAX_ROOM_MODELS } from "@/lib/chatroom/new-room";
import { listChatModels } from "@/lib/gateway/list-chat-models";
import { reachOf } from "@/lib/gateway/reach-of";
import { requireSignedInUser } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Chat" };

type PageProps = { searchParams: Promise<{ models?: string | string[]; room?: string | string[] }> };

export default async function ChatPage({ searchParams }: PageProps) {
  const asked = await searchParams;
  const wanted = [asked.models]
    .flat()
    .flatMap((list) => list?.split(",") ?? [])
    .slice(0, MAX_ROOM_MODELS);
  const room = [asked.room].flat()[0];
  const user = await requireSignedInUser(addressOf(wanted, room));
  const models = listChatModels(await reachOf(user, Date.now()));
  const known = wanted.filter((id) => models.some((model) => model.id === id));
  const first = models.find(({ outputs }) => outputs.includes("text")) ?? models[0];
  return (
    <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
      <h1 className="sr-only">Chat</h1>
      {first === undefined ? (
        <div className="mx-auto w-full max-w-3xl px-4 py-12 sm:px-6">
          <EmptyState title="No model can be reached yet">
            <p className="text-muted">
              Set a provider's key in the environment, or switch the sandbox on with SANDBOX=on.
            </p>
          </EmptyState>
        </div>
      ) : (
        <ChatRoom
          personId={user.id}
          models={models}
          askedModelIds={known}
          defaultModelId={first.id}
          initialRoomId={room}
        />
      )}
    </main>
  );
}

function addressOf(models: readonly string[], room: string | undefined): string {
  if (room !== undefined) return `/chat?room=${encodeURIComponent(room)}`;
  return models.length === 0 ? "/chat" : `/chat?models=${models.map(encodeURIComponent).join(",")}`;
}
