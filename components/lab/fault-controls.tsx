"use client";

import { useState } from "react";
import { formatDuration } from "@/components/ui/format-duration";
import { SelectField } from "@/components/ui/select-field";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import type { ProviderFaults } from "@/lib/schemas/provider-faults";
import { ERROR_STATUSES, type FaultSettings, faultsOf, settingsOf } from "./fault-settings";

type FaultControlsProps = { faults: ProviderFaults | undefined; onTurn: (faults: ProviderFaults) => void };

type SliderSpec = {
  name: Exclude<keyof FaultSettings, "errorStatus" | "stallsMidStream">;
  label: string;
  hint: string;
};

const percent = (value: number) => (value === 0 ? "off" : `${value} % of requests`);
const time = (value: number) => (value === 0 ? "none" : `+${formatDuration(value)}`);

/** One provider's faults. A slider takes effect when it is let go, everything else at once. */
export function FaultControls({ faults, onTurn }: FaultControlsProps) {
  const saved = settingsOf(faults);
  // What a handle shows while it is held; afterwards the board is the truth.
  const [held, setHeld] = useState<Partial<FaultSettings>>({});
  // Kept for what is off, of which the board keeps nothing.
  const [idle, setIdle] = useState<Partial<FaultSettings>>({});
  const shown: FaultSettings = {
    ...saved,
    ...(saved.errorRate === 0 && idle.errorStatus !== undefined ? { errorStatus: idle.errorStatus } : {}),
    ...(saved.stallRate === 0 && idle.stallsMidStream !== undefined ? { stallsMidStream: idle.stallsMidStream } : {}),
    ...held,
  };
  const turn = (changes: Partial<FaultSettings>) => {
    setHeld({});
    setIdle((before) => ({ ...before, ...changes }));
    onTurn(faultsOf({ ...shown, ...changes }, faults));
  };
  const slider = ({ name, label, hint }: SliderSpec, max: number, step: number, format: (value: number) => string) => (
    <Slider
      label={label}
      hint={hint}
      min={0}
      max={max}
      step={step}
      value={[shown[name]]}
      format={format}
      onChange={([value]) => setHeld({ [name]: value ?? 0 })}
      onCommit={([value]) => turn({ [name]: value ?? 0 })}
    />
  );

  return (
    <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
      {slider(
        { name: "latencyMs", label: "Latency", hint: "Added before the first byte of an answer." },
        10_000,
        100,
        time,
      )}
      {slider(
        { name: "chunkMs", label: "Slow stream", hint: "Added before each piece of a streamed answer." },
        500,
        10,
        time,
      )}
      {slider(
        { name: "errorRate", label: "Errors", hint: "Answered with the status beside; the next provider is tried." },
        100,
        5,
        percent,
      )}
      <SelectField
        label="Error status"
        hint="400 and 413 blame the request: then another model is tried."
        value={shown.errorStatus}
        onChange={(event) => turn({ errorStatus: Number(event.target.value) })}
      >
        {ERROR_STATUSES.map((status) => (
          <option key={status} value={status}>
            {status}
          </option>
        ))}
      </SelectField>
      {slider({ name: "stallRate", label: "Stalls", hint: "Silence until the watchdog gives up." }, 100, 5, percent)}
      <Switch
        checked={shown.stallsMidStream}
        onChange={(event) => turn({ stallsMidStream: event.target.checked })}
        hint="Off: before the first token, where another provider can still step in."
        className="self-start"
      >
        Stall mid-stream
      </Switch>
      {slider(
        { name: "truncateRate", label: "Truncated streams", hint: "The connection closes after three pieces." },
        100,
        5,
        percent,
      )}
      {slider(
        { name: "garbageRate", label: "Broken JSON", hint: "What arrives first cannot be read." },
        100,
        5,
        percent,
      )}
    </div>
  );
}
