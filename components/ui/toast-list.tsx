"use client";

import { X } from "lucide-react";
import { Toast as Primitive } from "radix-ui";
import { buttonStyle, iconButtonStyle } from "./button-style";
import { StatusDot } from "./status-dot";
import { dismissToast, type ToastMessage } from "./toast";

const SHOWN_MS = 6_000;

export function ToastList({ messages }: { messages: readonly ToastMessage[] }) {
  return (
    <Primitive.Provider duration={SHOWN_MS} swipeDirection="right">
      {messages.map(({ id, title, description, status, action }) => (
        <Primitive.Root
          key={id}
          onOpenChange={(isOpen) => !isOpen && dismissToast(id)}
          className="flex animate-arrive items-start gap-2.5 rounded-panel bg-raised py-2.5 ps-3.5 pe-2 text-sm shadow-float"
        >
          <StatusDot status={status} className="mt-1.5" />
          <div className="min-w-0 flex-1">
            <Primitive.Title className="font-medium">{title}</Primitive.Title>
            {description !== undefined && (
              <Primitive.Description className="wrap-anywhere text-dense text-muted">
                {description}
              </Primitive.Description>
            )}
          </div>
          {action !== undefined && (
            <Primitive.Action
              altText={action.label}
              onClick={action.onClick}
              className={buttonStyle("secondary", "small")}
            >
              {action.label}
            </Primitive.Action>
          )}
          <Primitive.Close className={iconButtonStyle("quiet", "small", "size-6")}>
            <X aria-hidden="true" />
            <span className="sr-only">Dismiss</span>
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="fixed inset-e-4 bottom-4 z-60 grid w-[min(24rem,calc(100vw-2rem))] gap-2 outline-none" />
    </Primitive.Provider>
  );
}
