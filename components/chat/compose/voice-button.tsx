"use client";

import { Mic, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { type Recording, recordVoice } from "./record-voice";

type VoiceButtonProps = { onRecorded: (file: File) => void; onTrouble: (message: string) => void };

/** Records from the microphone until it is pressed again; what was said becomes a file of the question. */
export function VoiceButton({ onRecorded, onTrouble }: VoiceButtonProps) {
  const recording = useRef<Recording>(undefined);
  const [seconds, setSeconds] = useState<number>();

  useEffect(() => () => recording.current?.cancel(), []);
  useEffect(() => {
    if (seconds === undefined) return;
    const timer = setTimeout(() => setSeconds(seconds + 1), 1_000);
    return () => clearTimeout(timer);
  }, [seconds]);

  const toggle = async () => {
    try {
      if (recording.current === undefined) {
        recording.current = await recordVoice();
        setSeconds(0);
      } else {
        const { finish } = recording.current;
        recording.current = undefined;
        setSeconds(undefined);
        onRecorded(await finish());
      }
    } catch (error) {
      recording.current = undefined;
      setSeconds(undefined);
      onTrouble(error instanceof Error ? error.message : "Nothing could be recorded.");
    }
  };

  return (
    <>
      <IconButton
        label={seconds === undefined ? "Record" : "Stop recording"}
        size="small"
        aria-pressed={seconds !== undefined}
        className={seconds === undefined ? undefined : "text-danger"}
        onClick={() => void toggle()}
      >
        {seconds === undefined ? <Mic aria-hidden="true" /> : <Square aria-hidden="true" className="size-3.5" />}
      </IconButton>
      {seconds !== undefined && (
        <span className="text-danger text-xs">
          {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, "0")}
        </span>
      )}
    </>
  );
}
