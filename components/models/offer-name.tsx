import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { LinkPending } from "@/components/ui/link-pending";
import { StatusDot } from "@/components/ui/status-dot";
import type { EndpointOffer } from "@/lib/schemas/endpoint-offer";
import { DataPolicyBadge } from "./data-policy-badge";

type OfferNameProps = {
  offer: EndpointOffer;
  /** What the rows of the table differ by. */
  subject: "provider" | "model";
};

/** Whose offer it is, by what name it is asked for, and what sets it apart. */
export function OfferName({ offer, subject }: OfferNameProps) {
  const { provider, modelId, modelName, tag, quantization, region, dataPolicy, isReachable } = offer;
  const slug = subject === "provider" ? tag : modelId;
  return (
    <>
      <span className="flex items-center gap-1.5">
        {subject === "provider" && (
          <StatusDot
            status={isReachable ? "clear" : "idle"}
            label={isReachable ? "Can be called here:" : "Cannot be called here:"}
          />
        )}
        <Link
          href={subject === "provider" ? `/provider/${provider.slug}` : `/${modelId}`}
          prefetch={false}
          className="py-0.5 font-medium underline-offset-4 hover:underline"
        >
          {subject === "provider" ? provider.name : modelName}
          <LinkPending />
        </Link>
      </span>
      <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        <span className="inline-flex items-center">
          <span className="wrap-anywhere font-mono text-muted text-xs">{slug}</span>
          <CopyButton text={slug} label={`Copy ${slug}`} variant="quiet" iconOnly />
        </span>
        {subject === "model" && tag !== provider.slug && (
          <Badge tone="outline" className="font-mono">
            {tag}
          </Badge>
        )}
        {quantization !== "unknown" && <Badge title="Precision of the weights">{quantization}</Badge>}
        {subject === "provider" && (
          <>
            {region !== undefined && <Badge tone="outline">{region}</Badge>}
            <DataPolicyBadge policy={dataPolicy} />
          </>
        )}
      </span>
    </>
  );
}
