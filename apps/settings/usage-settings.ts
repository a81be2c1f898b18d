import { z } from 'zod';

const MS_PER_HOUR = 3_600_000;
const BYTES_PER_GB = 1e9;

/** Variables behind estimates of cost and energy. */
export const usageSettings = {
  COST_PER_CPU_HOUR: z.coerce.number().min(0).optional().meta({ description: 'Price of an hour of one core; empty: no estimate of cost.' }),
  COST_PER_GB: z.coerce
    .number()
    .min(0)
    .default(0)
    .meta({ description: 'Price of 10^9 bytes that workers read from or write to object storage.' }),
  COST_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .meta({ description: 'Currency of the prices (ISO 4217).' }),
  WATTS_PER_CORE: z.coerce
    .number()
    .min(0)
    .optional()
    .meta({ description: 'Power of one busy core, in watts; empty: no estimate of energy.' }),
};

/** Prices and power; null where they are not configured. */
export interface UsageRates {
  perCpuHour: number | null;
  perGb: number;
  currency: string;
  wattsPerCore: number | null;
}

export function usageRatesOf(values: z.infer<z.ZodObject<typeof usageSettings>>): UsageRates {
  return {
    perCpuHour: values.COST_PER_CPU_HOUR ?? null,
    perGb: values.COST_PER_GB,
    currency: values.COST_CURRENCY,
    wattsPerCore: values.WATTS_PER_CORE ?? null,
  };
}

/** Cost and energy (watt hours) of the CPU time of media tools and of the bytes that were moved; null without a rate. */
export function estimateUse(
  { perCpuHour, perGb, wattsPerCore }: UsageRates,
  { cpuMs, bytesIn, bytesOut }: { cpuMs: number; bytesIn: number; bytesOut: number },
): { cost: number | null; energyWattHours: number | null } {
  const cpuHours = cpuMs / MS_PER_HOUR;
  const moved = (bytesIn + bytesOut) / BYTES_PER_GB;
  return {
    cost: perCpuHour === null ? null : rounded(cpuHours * perCpuHour + moved * perGb),
    energyWattHours: wattsPerCore === null ? null : rounded(cpuHours * wattsPerCore),
  };
}

interface Used {
  tasks: number;
  attempts: number;
  cpuMs: number;
  bytesIn: number;
  bytesOut: number;
}

/** What was used with its estimates, as the API and the report name it. */
export function usageView(rates: UsageRates, used: Used) {
  const { cost, energyWattHours } = estimateUse(rates, used);
  return {
    ...{ tasks: used.tasks, attempts: used.attempts, cpu_seconds: used.cpuMs / 1000 },
    ...{ bytes_in: used.bytesIn, bytes_out: used.bytesOut, estimated_cost: cost, estimated_energy_watt_hours: energyWattHours },
  };
}

/** Six digits behind the point: a short clip costs hundredths of a cent. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
