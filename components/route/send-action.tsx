"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { randomId } from "@/components/ui/random-id";
import { curlOf } from "./curl-of";
import { readConversation } from "./read-conversation";
import type { RequestBody } from "./request-form";

type SendActionProps = {
  body: RequestBody;
  baseUrl: string;
  /** Whose chat it is: rooms are kept by person. */
  personId: string;
};

/**
 * The way from the dry run to the real thing: a room of the chat that asks just this, or, where the chat has no place for
 * some of it, a command for a shell, which has.
 */
export function SendAction({ body, baseUrl, personId }: SendActionProps) {
  const router = useRouter();
  const [state, setState] = useState<"ready" | "busy" | "failed">("ready");
  const conversation = readConversation(body);
  const copy = <CopyButton text={curlOf(baseUrl, body)} label="Copy as curl" />;
  if (conversation.kind === "uncarried") {
    return (
      <>
        {copy}
        <p className="basis-full text-dense text-muted">
          The chat has no place for {listOf(conversation.fields)}, so it cannot send this. The command sends all of it.
        </p>
      </>
    );
  }
  const send = async () => {
    setState("busy");
    try {
      // Most requests are only looked at here.
      const [{ openIndexedRoomStore }, { roomOfConversation }] = await Promise.all([
        import("@/lib/chatroom/indexed-room-store"),
        import("./room-of-conversation"),
      ]);
      const { room, turns } = roomOfConversation(conversation, randomId, Date.now());
      const store = await openIndexedRoomStore(personId, () => undefined);
      await store.importRooms([{ room, turns }], []);
      router.push(`/chat?room=${encodeURIComponent(room.id)}`);
    } catch {
      // No room left, a newer page in the way, or a browser that keeps nothing: it cannot be done here.
      setState("failed");
    }
  };
  return (
    <>
      <Button
        size="small"
        busy={state === "busy"}
        title="Opens the chat with all of this request; it is sent from there"
        onClick={() => void send()}
      >
        Send it for real
      </Button>
      {copy}
      {state === "failed" && (
        <Notice tone="danger" className="basis-full">
          This browser could not keep a room for it. The command sends the same.
        </Notice>
      )}
    </>
  );
}

function listOf(fields: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(fields);
}
