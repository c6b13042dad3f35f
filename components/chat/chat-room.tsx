"use client";

import { useState } from "react";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { AnswerAnnouncer } from "./answer-announcer";
import { ChatWelcome } from "./chat-welcome";
import { Composer } from "./composer";
import { ExchangeView } from "./exchange-view";
import { ModelPicker } from "./model-picker";
import { useConversation } from "./use-conversation";
import { useStickToEnd } from "./use-stick-to-end";

type ChatRoomProps = {
  models: readonly ChatModel[];
  /** The model that the address asks for. */
  initialModelId: string;
};

export function ChatRoom({ models, initialModelId }: ChatRoomProps) {
  const [modelId, setModelId] = useState(initialModelId);
  const [draft, setDraft] = useState("");
  const { exchanges, isAnswering, send, retry, stop, clear } = useConversation();
  const toEnd = useStickToEnd(exchanges);
  const modelNames = new Map(models.map((model) => [model.id, model.name]));

  const chooseModel = (id: string) => {
    setModelId(id);
    // So that the address can be shared and a reload keeps the model.
    window.history.replaceState(null, "", `/chat?models=${encodeURIComponent(id)}`);
  };

  const submit = () => {
    const question = draft.trim();
    if (question === "" || isAnswering) return;
    setDraft("");
    toEnd();
    void send(question, modelId);
  };

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-4 sm:px-6">
      {exchanges.length === 0 ? (
        <ChatWelcome onChoose={setDraft} />
      ) : (
        <ol aria-label="Conversation" className="grid flex-1 grid-cols-[minmax(0,1fr)] content-start gap-10 pt-8 pb-10">
          {exchanges.map((exchange, index) => (
            <ExchangeView
              key={exchange.id}
              exchange={exchange}
              modelName={modelNames.get(exchange.answer.modelId ?? exchange.answer.requestedModelId)}
              {...(index === exchanges.length - 1 && !isAnswering ? { onRetry: () => void retry(modelId) } : {})}
            />
          ))}
        </ol>
      )}
      <div className="sticky bottom-0 z-10 bg-canvas pb-3 sm:pb-5">
        <Composer
          draft={draft}
          onDraft={setDraft}
          onSubmit={submit}
          isAnswering={isAnswering}
          onStop={stop}
          {...(exchanges.length > 0 ? { onClear: clear } : {})}
        >
          <ModelPicker models={models} modelId={modelId} onChoose={chooseModel} />
        </Composer>
      </div>
      <AnswerAnnouncer answer={exchanges.at(-1)?.answer ?? null} />
    </div>
  );
}
