"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfRecord } from "@/components/track-diagram/track-of-record";
import { Button } from "@/components/ui/button";
import { Money } from "@/components/ui/money";
import { Notice } from "@/components/ui/notice";
import { generationQuery } from "@/lib/queries/generations";
import { streamCompletion } from "@/lib/queries/stream-completion";

type FirstRequestProps = { model: string; isSandbox: boolean };

/** A first question, sent in place, with its answer, its price and its way. */
export function FirstRequest({ model, isSandbox }: FirstRequestProps) {
  const router = useRouter();
  const [text, setText] = useState("");
  const [generationId, setGenerationId] = useState<string | null>(null);
  const sending = useMutation({
    mutationFn: async () => {
      setText("");
      setGenerationId(null);
      const request = { model, messages: [{ role: "user" as const, content: "Say hello in one sentence." }] };
      for await (const chunk of streamCompletion(request, new AbortController().signal)) {
        setText((before) => before + (chunk.choices[0]?.delta.content ?? ""));
        setGenerationId(chunk.id);
      }
    },
    // The step is done now, and the balance in the top bar has changed.
    onSuccess: () => router.refresh(),
  });
  const { data: generation } = useQuery({
    ...generationQuery(generationId ?? ""),
    enabled: sending.isSuccess && generationId !== null,
  });

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button variant="primary" busy={sending.isPending} onClick={() => sending.mutate()}>
          {sending.isSuccess ? "Send another" : "Send a question"}
        </Button>
        <span className="text-dense text-muted">
          to <code className="wrap-anywhere font-mono text-ink">{model}</code>
          {isSandbox ? ", answered by the sandbox" : ""}
        </span>
      </div>
      <div aria-live="polite" className="grid gap-4 empty:hidden">
        {sending.error !== null && <Notice tone="danger">{sending.error.message}</Notice>}
        {text !== "" && <blockquote className="wrap-anywhere border-s-2 ps-4 text-base">{text}</blockquote>}
        {generation !== undefined && (
          <>
            <TrackDiagram track={trackOfRecord(generation.route)} animated />
            <p className="text-dense text-muted">
              It cost{" "}
              <span className="text-ink">
                <Money usd={generation.costUsd} />
              </span>
              , and is written down in your activity.
            </p>
          </>
        )}
      </div>
    </div>
  );
}
