"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { type Column, DataTable } from "@/components/ui/data-table";
import { Field } from "@/components/ui/field";
import { Progress } from "@/components/ui/progress";
import { paletteQuery } from "@/lib/queries/palette";
import type { LabRequest } from "@/lib/schemas/lab";
import { type TallyRow, tallyResults } from "./tally-results";
import { type TestRun, useTestRequests } from "./use-test-requests";

const COUNTS = [1, 10, 50] as const;
const MAX_MESSAGES = 3;

const COLUMNS: readonly Column<TallyRow>[] = [
  { id: "provider", header: "Went to", role: "title", cell: ({ provider }) => provider },
  { id: "served", header: "Served", align: "end", cell: ({ served }) => served },
  { id: "fallback", header: "Of these after a fallback", align: "end", cell: ({ afterFallback }) => afterFallback },
  { id: "failed", header: "Failed", align: "end", cell: ({ failed }) => failed },
];

type TestRequestsProps = { initialModel: string; records: readonly LabRequest[] };

/** Sends requests to see what the faults do to them. They are real ones of this account: recorded, and charged. */
export function TestRequests({ initialModel, records }: TestRequestsProps) {
  const [model, setModel] = useState(initialModel);
  const { data } = useQuery(paletteQuery());
  const { run, fire, stop } = useTestRequests();
  const options = (data?.models ?? [{ id: model, name: model }]).map(({ id, name }) => ({
    value: id,
    label: name,
    keywords: [id],
  }));
  const isRunning = run?.isRunning === true;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="grid gap-4">
        <Field label="Model" hint="One that several providers offer shows more.">
          {(control) => (
            <Combobox
              label="Model"
              control={control}
              options={options}
              value={[model]}
              onChange={([next]) => setModel(next ?? model)}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          {COUNTS.map((count, index) => (
            <Button
              key={count}
              variant={index === 1 ? "primary" : "secondary"}
              disabled={isRunning}
              onClick={() => void fire(model, count)}
            >
              Send {count}
            </Button>
          ))}
          {isRunning && (
            <Button variant="quiet" onClick={stop}>
              Stop
            </Button>
          )}
        </div>
        <p className="text-dense text-muted">
          They pass the whole pipeline with your session: each is recorded in your activity and charged to your credits.
        </p>
      </div>
      {run === null ? (
        <p className="border-t pt-3 text-dense text-muted">Where they went is counted here.</p>
      ) : (
        <Results run={run} records={records} />
      )}
    </div>
  );
}

function Results({ run: { asked, results, isRunning }, records }: { run: TestRun; records: readonly LabRequest[] }) {
  const messages = [...new Set(results.flatMap((result) => (result.kind === "failed" ? result.message : [])))];
  const served = results.filter(({ kind }) => kind === "served").length;
  return (
    <div className="grid gap-3">
      <p role="status" className="font-medium text-sm">
        {results.length} of {asked} {isRunning ? "answered so far" : "answered"}: {served} served,{" "}
        {results.length - served} failed
      </p>
      {isRunning && <Progress label="Test requests" share={results.length / asked} />}
      {results.length > 0 && (
        <DataTable
          label="Where the test requests went"
          columns={COLUMNS}
          rows={tallyResults(results, records)}
          rowKey={({ provider }) => provider}
          sticky={false}
        />
      )}
      {messages.slice(0, MAX_MESSAGES).map((message) => (
        <p key={message} className="wrap-anywhere text-danger text-dense">
          {message}
        </p>
      ))}
      {messages.length > MAX_MESSAGES && (
        <p className="text-dense text-muted">and {messages.length - MAX_MESSAGES} other errors</p>
      )}
    </div>
  );
}
