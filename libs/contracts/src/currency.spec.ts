import { isCurrency } from './currency';

it.each(['USD', 'EUR', 'XCG', 'SLE', 'CHE', 'CLF', 'UYW', 'COU', 'MXV', 'BOV', 'ZWG'])('%s is a currency or a fund', (code) => expect(isCurrency(code)).toBe(true));

it.each(['ZWL', 'DEM', 'XXX', 'XTS', 'XQZ', 'usd', '', ' '])('"%s" is none', (code) => expect(isCurrency(code)).toBe(false));
