import { describe, expect, test } from "vitest";
import { regionFor, servesRegion } from "./region";

describe("a connection bound to a region", () => {
  test.each([
    { own: "us-east-1", wanted: undefined, serves: true, region: "us-east-1" },
    { own: "us-east-1", wanted: "us", serves: true, region: "us-east-1" },
    { own: "us-east-1", wanted: "us-west-2", serves: true, region: "us-east-1" },
    { own: "us-east-1", wanted: "global", serves: true, region: "us-east-1" },
    { own: "us-east-1", wanted: "eu-west-1", serves: false, region: "us-east-1" },
    { own: "europe-west1", wanted: "eu", serves: true, region: "europe-west1" },
    { own: "europe-west1", wanted: "europe", serves: true, region: "europe-west1" },
    { own: "global", wanted: "europe", serves: true, region: "europe" },
    { own: "global", wanted: undefined, serves: true, region: "global" },
    { own: undefined, wanted: "us-east5", serves: true, region: "us-east5" },
    { own: undefined, wanted: undefined, serves: true, region: undefined },
  ])("$own, for an endpoint in $wanted", ({ own, wanted, serves, region }) => {
    expect(servesRegion(own, wanted)).toBe(serves);
    expect(regionFor(own, wanted)).toBe(region);
  });
});
