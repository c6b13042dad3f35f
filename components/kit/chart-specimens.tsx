"use client";

import type { ChartData } from "@/components/ui/chart/chart-data";
import { LineChart } from "@/components/ui/chart/line-chart";
import { Sparkline } from "@/components/ui/chart/sparkline";
import { StackedBars } from "@/components/ui/chart/stacked-bars";
import { StatusStrip } from "@/components/ui/chart/status-strip";
import { formatUsd } from "@/components/ui/format-usd";
import { Row, Specimen } from "./specimen";

const NAMES = ["gpt-oss-120b", "claude-sonnet-4.5", "gemini-2.5-flash", "llama-3.3-70b", "qwen3-coder"];
const DAYS = Array.from({ length: 30 }, (_, index) => index);

/** The same on every machine and every day, so that pictures can be compared. */
const wave = (day: number, series: number) => Math.abs(Math.sin(day * 0.7 + series * 1.9)) * (6 - series);

const SPEND: ChartData = {
  series: NAMES.map((name) => ({ id: name, name })),
  points: DAYS.map((day) => ({
    label: `${day + 1} November 2026`,
    tick: String(day + 1),
    values: Object.fromEntries(NAMES.map((name, index) => [name, Math.round(wave(day, index) * 100) / 100])),
  })),
};

const LATENCY: ChartData = {
  series: [
    { id: "p50", name: "p50" },
    { id: "p99", name: "p99" },
  ],
  points: DAYS.map((day) => ({
    label: `${day}:00`,
    tick: `${day}`,
    values: { p50: day === 12 ? null : 300 + wave(day, 2) * 30, p99: day === 12 ? null : 900 + wave(day, 1) * 120 },
  })),
};

const ms = (value: number) => `${Math.round(value)} ms`;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

export function ChartSpecimens() {
  return (
    <Specimen id="charts" title="Charts">
      <StackedBars label="Spend per day in USD, by model" data={SPEND} format={formatUsd} />
      <LineChart label="Time to first token per hour" data={LATENCY} format={ms} pointLabel="Hour" />
      <Row label="sparkline">
        <Sparkline label="Throughput, 40 to 62 tok/s" values={DAYS.map((day) => (day === 9 ? null : wave(day, 0)))} />
      </Row>
      <Row label="uptime">
        <StatusStrip
          label="Uptime of the last 30 days"
          className="max-w-80"
          format={percent}
          parts={DAYS.map((day) => ({
            label: `${day + 1} November`,
            share: day === 3 ? null : day === 11 ? 0.6 : day === 12 ? 0.9 : 1,
          }))}
        />
      </Row>
      <StackedBars label="Requests per day" data={{ series: [], points: [] }} format={String} height={120} />
    </Specimen>
  );
}
