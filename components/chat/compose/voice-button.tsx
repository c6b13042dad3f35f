"use client";

import { Mic, Square, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { Recording } from "./record-voice";

type VoiceButtonProps = { onRecorded: (file: File) => void; onTrouble: (message: string | undefined) => void };

/** As long as a recording may be to be sent: 16,000 samples of two bytes a second, 25 MB. */
const MAX_SECONDS = 13 * 60;

type Phase = "idle" | "starting" | "recording" | "ending";

/** Records from the microphone until it is pressed again; what was said becomes a file of the question. */
export function VoiceButton({ onRecorded, onTrouble }: VoiceButtonProps) {
  const recording = useRef<Recording>(undefined);
  const isGone = useRef(false);
  const finishSoon = useRef<() => void>(undefined);
  const [phase, setPhase] = useState<Phase>("idle");
  const [seconds, setSeconds] = useState(0);
  const isRecording = phase === "recording";

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      void recording.current?.cancel();
    };
  }, []);
  useEffect(() => {
    if (!isRecording) return;
    const startedMs = performance.now();
    // A page out of sight is woken up seldom: seconds are measured and not counted.
    const timer = setInterval(() => {
      const elapsed = Math.floor((performance.now() - startedMs) / 1_000);
      setSeconds(elapsed);
      if (elapsed >= MAX_SECONDS) finishSoon.current?.();
    }, 250);
    return () => clearInterval(timer);
  }, [isRecording]);

  const start = async () => {
    setPhase("starting");
    setSeconds(0);
    onTrouble(undefined);
    try {
      const { recordVoice } = await import("./record-voice");
      const started = await recordVoice(() => finishSoon.current?.());
      // The person may have answered the browser's question after they left the room.
      if (isGone.current) return void started.cancel();
      recording.current = started;
      setPhase("recording");
    } catch (error) {
      fail(error);
    }
  };
  const finish = async () => {
    const ended = recording.current;
    if (ended === undefined) return;
    recording.current = undefined;
    setPhase("ending");
    try {
      onRecorded(await ended.finish());
      setPhase("idle");
    } catch (error) {
      fail(error);
    }
  };
  const discard = () => {
    void recording.current?.cancel();
    recording.current = undefined;
    setPhase("idle");
  };
  const fail = (error: unknown) => {
    setPhase("idle");
    onTrouble(error instanceof Error ? error.message : "Nothing could be recorded.");
  };
  useEffect(() => {
    finishSoon.current = () => void finish();
  });

  return (
    <>
      <IconButton
        label={isRecording ? "Stop recording" : "Record"}
        size="small"
        aria-pressed={isRecording}
        aria-disabled={phase === "starting" || phase === "ending"}
        className={isRecording ? "text-danger" : undefined}
        onClick={() => {
          if (phase === "idle") void start();
          else if (isRecording) void finish();
        }}
      >
        {isRecording ? <Square aria-hidden="true" className="size-3.5" /> : <Mic aria-hidden="true" />}
      </IconButton>
      {isRecording && (
        <>
          <span role="timer" aria-label="Recorded" className="text-danger text-xs tabular-nums">
            {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
          </span>
          <IconButton label="Discard the recording" size="small" onClick={discard}>
            <X aria-hidden="true" />
          </IconButton>
        </>
      )}
    </>
  );
}
