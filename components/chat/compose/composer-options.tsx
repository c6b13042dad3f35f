"use client";

import { Brain, Globe, ImageIcon, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Menu, MenuRadioGroup } from "@/components/ui/menu";
import { ASPECT_RATIOS, type ReasoningChoice } from "@/lib/schemas/room-choices";
import { useChat } from "../chat-context";

const REASONING_CHOICES: readonly { value: ReasoningChoice; label: string }[] = [
  { value: "auto", label: "As the model does" },
  { value: "off", label: "Off" },
  { value: "minimal", label: "Minimal" },
  { value: "low", label: "Low" },
  { value: "medium", label: "Medium" },
  { value: "high", label: "High" },
  { value: "xhigh", label: "Very high" },
];

/** What goes with the question: the web, thinking, pictures, tools. */
export function ComposerOptions() {
  const { view, models, changeSettings, open } = useChat();
  const { settings } = view.room;
  const asked = view.room.models.filter(({ isMuted }) => !isMuted);
  const draws = asked.some(({ modelId }) => models.get(modelId)?.outputs.includes("image"));
  const reasoning = REASONING_CHOICES.find(({ value }) => value === settings.reasoning)?.label ?? settings.reasoning;
  return (
    <>
      <Toggle label="Web" isOn={settings.web} onToggle={() => changeSettings({ web: !settings.web })}>
        <Globe aria-hidden="true" />
      </Toggle>
      <Menu
        label="Reasoning effort"
        align="start"
        trigger={
          <Button
            variant="quiet"
            size="small"
            aria-label={`Reasoning: ${reasoning}`}
            className={cn("px-2", settings.reasoning !== "auto" && "bg-signal-wash text-signal")}
          >
            <Brain aria-hidden="true" />
            <span className="max-sm:sr-only">{settings.reasoning === "auto" ? "Reasoning" : reasoning}</span>
          </Button>
        }
      >
        <MenuRadioGroup
          label="How long it may think"
          value={settings.reasoning}
          options={REASONING_CHOICES}
          onChange={(choice) => changeSettings({ reasoning: choice })}
        />
      </Menu>
      <Toggle
        label="Image"
        isOn={settings.image}
        onToggle={() => {
          changeSettings({ image: !settings.image });
          if (!settings.image && !draws) open({ kind: "add-model", able: ["draws"] });
        }}
      >
        <ImageIcon aria-hidden="true" />
      </Toggle>
      {settings.image && (
        <Menu
          label="Aspect ratio"
          align="start"
          trigger={
            <Button
              variant="quiet"
              size="small"
              className="px-2"
              aria-label={`Aspect ratio: ${settings.aspectRatio ?? "any"}`}
            >
              {settings.aspectRatio ?? "Any ratio"}
            </Button>
          }
        >
          <MenuRadioGroup
            label="Aspect ratio"
            value={settings.aspectRatio ?? "any"}
            options={[{ value: "any", label: "Any" }, ...ASPECT_RATIOS.map((value) => ({ value, label: value }))]}
            onChange={(value) =>
              changeSettings({ aspectRatio: ASPECT_RATIOS.find((ratio) => ratio === value) ?? null })
            }
          />
        </Menu>
      )}
      <Toggle label="Tools" isOn={settings.tools} onToggle={() => changeSettings({ tools: !settings.tools })}>
        <Wrench aria-hidden="true" />
      </Toggle>
    </>
  );
}

type ToggleProps = { label: string; isOn: boolean; onToggle: () => void; children: ReactNode };

function Toggle({ label, isOn, onToggle, children }: ToggleProps) {
  return (
    <Button
      variant="quiet"
      size="small"
      aria-pressed={isOn}
      className={cn("px-2", isOn && "bg-signal-wash text-signal")}
      onClick={onToggle}
    >
      {children}
      <span className="max-sm:sr-only">{label}</span>
    </Button>
  );
}
