import { conversionVariables } from '../apps/conversion/src/conversion.config';
import { gatewayVariables } from '../apps/gateway/src/gateway.config';
import { intakeVariables } from '../apps/intake/src/intake.config';
import { qualificationVariables } from '../apps/qualification/src/qualification.config';
import { serviceVariables } from '../libs/platform/src';

/** What services read besides what every one does. */
const OWN: Readonly<Record<string, object>> = {
  gateway: gatewayVariables, intake: intakeVariables, qualification: qualificationVariables, conversion: conversionVariables,
};

/** Names of the variables that a service declares. */
export const variablesOf = (service: string): string[] => Object.keys({ ...serviceVariables, ...OWN[service] });
