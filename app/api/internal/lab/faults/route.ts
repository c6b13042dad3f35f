import { callFaultBoard } from "@/lib/sandbox/call-fault-board";
import { faultMapSchema } from "@/lib/schemas/provider-faults";
import { administratorRoute, parseBody } from "../../internal-route";

export const GET = administratorRoute(() => callFaultBoard({ kind: "read" }));

export const PATCH = administratorRoute(async ({ request }) =>
  callFaultBoard({ kind: "change", faults: await parseBody(request, faultMapSchema) }),
);

export const PUT = administratorRoute(async ({ request }) =>
  callFaultBoard({ kind: "replace", faults: await parseBody(request, faultMapSchema) }),
);
