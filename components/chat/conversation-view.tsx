"use client";

import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { Button } from "@/components/ui/button";
import type { PathStep } from "@/lib/chatroom/branches";
import { TurnView } from "./answer/turn-view";
import { useChat } from "./chat-context";

/** How close to the end counts as being there, in CSS pixels. */
const NEAR_PX = 80;
const GUESSED_TURN_PX = 400;

type ConversationViewProps = {
  /** The turn that was looked for: it is brought into sight, each time that it is another object. */
  goal: { turnId: string } | undefined;
};

/** The turns in view; only those on the screen are drawn. Stays at the end while it grows, unless the reader has left it. */
export function ConversationView({ goal }: ConversationViewProps) {
  const { view, session } = useChat();
  const { path } = view;
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const sticks = useRef(true);
  const [isAway, setAway] = useState(false);
  const lastTurn = path.at(-1)?.turn.id;
  const roomId = view.room.id;

  const toEnd = () => {
    sticks.current = true;
    setAway(false);
    list.current?.scrollToIndex(Math.max(0, path.length - 1), { align: "end" });
  };

  // A new question, or another room: its end is what the reader wants to see.
  // biome-ignore lint/correctness/useExhaustiveDependencies: their change is the event
  useLayoutEffect(toEnd, [lastTurn, roomId, session]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is the event
  useEffect(() => {
    const index = path.findIndex(({ turn }) => turn.id === goal?.turnId);
    if (index < 0) return;
    sticks.current = false;
    list.current?.scrollToIndex(index, { align: "start" });
  }, [goal]);

  useEffect(() => {
    const outer = scroller.current;
    const inner = outer?.firstElementChild;
    if (outer === null || inner === undefined || inner === null) return;
    const observer = new ResizeObserver(() => {
      if (sticks.current) outer.scrollTop = outer.scrollHeight;
    });
    observer.observe(inner);
    observer.observe(outer);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const outer = scroller.current;
    if (outer === null) return;
    const toGo = outer.scrollHeight - outer.clientHeight - outer.scrollTop;
    sticks.current = toGo < NEAR_PX;
    setAway(toGo > outer.clientHeight / 2);
  };

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <section
        ref={scroller}
        aria-label="Conversation"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain pt-4 [overflow-anchor:none] focus-visible:-outline-offset-2"
        onScroll={onScroll}
      >
        <div>
          <Virtualizer ref={list} scrollRef={scroller} data={path} itemSize={GUESSED_TURN_PX} bufferSize={600}>
            {(step: PathStep) => (
              <div key={step.turn.id} className={step.turn.id === goal?.turnId ? "bg-signal-wash/35" : undefined}>
                <TurnView step={step} />
              </div>
            )}
          </Virtualizer>
        </div>
      </section>
      {isAway && (
        <Button
          size="small"
          className="absolute bottom-2 left-1/2 -translate-x-1/2 bg-raised shadow-float"
          onClick={() => {
            toEnd();
            scroller.current?.focus({ preventScroll: true });
          }}
        >
          <ArrowDown aria-hidden="true" />
          To the newest
        </Button>
      )}
    </div>
  );
}
