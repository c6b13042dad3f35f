"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Shuffle } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { usePaused } from "@/components/ui/use-paused";
import { dryRunQuery } from "@/lib/queries/dry-run";
import { RequestError } from "@/lib/queries/request-error";
import { dryRunHref } from "@/lib/schemas/dry-run-address";
import type { PublicPlan } from "@/lib/schemas/public-plan";
import { FixAction } from "./fix-action";
import { PlanView } from "./plan-view";
import { type Problem, readRequest } from "./read-request";
import { RequestEditor } from "./request-editor";
import { RequestFields } from "./request-fields";
import { changeForm, type RequestBody, type RequestForm, readForm } from "./request-form";
import { SendAction } from "./send-action";
import { prettyText, useRequestText } from "./use-request-text";

/** So long a reader must stop typing before the server is asked again. */
const TYPING_PAUSE_MS = 250;

type DryRunProps = {
  /** What the address asks for, and what the server drew the page with. */
  initialBody: RequestBody;
  initialPlan: PublicPlan | null;
  providers: readonly { slug: string; name: string }[];
  baseUrl: string;
  /** Who is signed in. */
  personId: string;
};

/** A request beside its plan: every change moves the lines, and nothing is sent to anybody. */
export function DryRun({ initialBody, initialPlan, providers, baseUrl, personId }: DryRunProps) {
  const { text, type, change } = useRequestText(initialBody);
  const [view, setView] = useState<"form" | "json">("form");
  const request = readRequest(text);
  const asked = usePaused(useLastGood(text), TYPING_PAUSE_MS);
  const isFirst = asked === prettyText(initialBody) && initialPlan !== null;
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...dryRunQuery(JSON.parse(asked)),
    placeholderData: keepPreviousData,
    ...(isFirst ? { initialData: initialPlan } : {}),
  });

  // A refusal has no plan of its own; the last one stays in sight.
  const [last, setLast] = useState(initialPlan);
  if (data !== undefined && data !== last) setLast(data);
  const plan = data ?? last;

  const refusal = error === null || asked !== text ? undefined : refusalOf(error, request);
  const problems = refusal === undefined ? request.problems : [refusal];
  const body = request.kind === "broken" ? undefined : request.body;
  const edit = (changes: Partial<RequestForm>) => body !== undefined && change(changeForm(body, changes));
  const typeField = (changes: Partial<RequestForm>) =>
    body !== undefined && type(prettyText(changeForm(body, changes)));

  const form =
    body === undefined ? (
      <div className="grid justify-items-start gap-3">
        <Notice tone="caution">The body cannot be read as it is, so there is no form for it.</Notice>
        <Button onClick={() => setView("json")}>Mend it in the JSON</Button>
      </div>
    ) : (
      <RequestFields
        form={readForm(body)}
        problems={problems}
        providers={providerOptions(plan, providers)}
        onChange={edit}
        onType={typeField}
      />
    );
  const editor = (
    <RequestEditor
      text={text}
      problems={problems}
      onType={type}
      onTidy={body === undefined ? undefined : () => type(prettyText(body))}
    />
  );

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <section aria-labelledby="request-title">
        <h2 id="request-title" className="sr-only">
          The request
        </h2>
        <Tabs
          label="How the request is written"
          value={view}
          onChange={setView}
          tabs={[
            { id: "form", label: "Form", content: form },
            {
              id: "json",
              label: problems.length > 0 ? `JSON (${problems.length} wrong)` : "JSON",
              content: editor,
            },
          ]}
        />
        {body !== undefined && <Actions body={body} baseUrl={baseUrl} personId={personId} />}
      </section>
      <section
        aria-labelledby="plan-title"
        aria-busy={isFetching}
        className="max-lg:border-t max-lg:pt-6 lg:sticky lg:top-[calc(var(--spacing-header)+1.5rem)] lg:max-h-[calc(100dvh-var(--spacing-header)-2rem)] lg:overflow-y-auto lg:border-s lg:ps-10 lg:pe-1"
      >
        <div className="mb-4 flex items-center justify-between gap-4">
          <h2 id="plan-title" className="font-semibold text-lg">
            The plan
          </h2>
          <Button size="small" variant="quiet" busy={isFetching} onClick={() => refetch()}>
            {!isFetching && <Shuffle aria-hidden="true" />}
            Draw again
          </Button>
        </div>
        {problems.length > 0 && (
          <Notice tone="danger" className="mb-4">
            {problems[0]?.message}
            {plan !== null && <span className="block text-muted">Below is the last plan that could be made.</span>}
          </Notice>
        )}
        {plan !== null ? (
          <div aria-busy={isPlaceholderData}>
            <PlanView
              plan={plan}
              actionOf={(line) => (body === undefined ? null : <FixAction line={line} body={body} onApply={change} />)}
            />
          </div>
        ) : (
          problems.length === 0 && <NoPlan error={error} isFetching={isFetching} onRetry={() => void refetch()} />
        )}
      </section>
    </div>
  );
}

function NoPlan({ error, isFetching, onRetry }: { error: Error | null; isFetching: boolean; onRetry: () => void }) {
  if (error === null) {
    return (
      <div role="status" className="grid gap-4 border-t pt-5">
        <span className="sr-only">Planning</span>
        <Skeleton className="h-6 w-1/2" />
        <Skeleton className="h-48" />
      </div>
    );
  }
  return (
    <ErrorState title="There is no plan" onRetry={onRetry} isRetrying={isFetching}>
      {error.message}
    </ErrorState>
  );
}

function Actions({ body, baseUrl, personId }: { body: RequestBody; baseUrl: string; personId: string }) {
  const href = dryRunHref(body);
  return (
    <div className="mt-6 flex flex-wrap items-center gap-2 border-t pt-4">
      <SendAction body={body} baseUrl={baseUrl} personId={personId} />
      {href === undefined ? (
        <p className="text-dense text-muted">The request is too long for a link.</p>
      ) : (
        <CopyButton text={`${baseUrl}${href}`} label="Copy link" />
      )}
    </div>
  );
}

/** The text, or while that is wrong the last one that was good. */
function useLastGood(text: string): string {
  const [good, setGood] = useState(text);
  const request = readRequest(text);
  const wanted = request.kind === "good" ? text : good;
  if (wanted !== good) setGood(wanted);
  return isJson(wanted) ? wanted : "{}";
}

function isJson(text: string): boolean {
  return readRequest(text).kind !== "broken";
}

/** What the server found wrong that the schema cannot see, such as a model that nobody knows. */
function refusalOf(error: Error, request: ReturnType<typeof readRequest>): Problem | undefined {
  if (!(error instanceof RequestError) || error.status < 400 || error.status >= 500) return undefined;
  const { field, message } = error;
  const line = request.kind === "good" ? request.lineOf(field ?? "model") : 1;
  return { line, field, message: field === undefined ? message : `${field} ${message}` };
}

/** The endpoints of this plan first: they are what can be chosen between. */
function providerOptions(plan: PublicPlan | null, providers: DryRunProps["providers"]) {
  const places = [...(plan?.plan ?? []), ...(plan?.excluded ?? [])];
  const tags = new Map(places.map(({ endpoint, provider }) => [endpoint, provider]));
  return [
    ...[...tags].map(([value, label]) => ({ value, label, detail: value, keywords: [value] })),
    ...providers
      .filter(({ slug }) => !tags.has(slug))
      .map(({ slug, name }) => ({ value: slug, label: name, detail: slug, keywords: [slug] })),
  ];
}
