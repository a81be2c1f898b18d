import { parseSettings } from './parse-settings';
import { estimateUse, usageRatesOf, usageSettings } from './usage-settings';
import { z } from 'zod';

const ratesOf = (environment: Record<string, string>) => usageRatesOf(parseSettings(z.object(usageSettings), environment));
const USED = { cpuMs: 7_200_000, bytesIn: 1.5e9, bytesOut: 0.5e9 };

it('estimates nothing without rates', () => {
  expect(estimateUse(ratesOf({}), USED)).toEqual({ cost: null, energyWattHours: null });
});

it('adds the price of bytes to that of CPU time', () => {
  const rates = ratesOf({ COST_PER_CPU_HOUR: '0.05', COST_PER_GB: '0.01', WATTS_PER_CORE: '8' });
  expect(estimateUse(rates, USED)).toEqual({ cost: 0.12, energyWattHours: 16 });
});
