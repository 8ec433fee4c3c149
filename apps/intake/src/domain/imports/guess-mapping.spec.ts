import { guessMapping } from './guess-mapping';

const fieldsOf = (headers: string, ...rows: string[]) =>
  guessMapping(headers.split('|'), rows.map((row) => row.split('|'))).map(({ field }) => field).join(' ');

describe('guessMapping', () => {
  it.each([
    ['English', 'First Name|Last Name|Email Address|Company|Job Title|Phone|Mobile Phone|Zip Code|Country', 'first_name last_name email company_name job_title phone mobile postal_code country'],
    ['German', 'Anrede|Vorname|Nachname|E-Mail|Firma|Straße|PLZ|Ort|Land|Telefon|Handy', 'salutation first_name last_name email company_name street postal_code city country phone mobile'],
    ['French', 'Prénom|Nom|Courriel|Société|Fonction|Code postal|Ville|Pays', 'first_name last_name email company_name job_title postal_code city country'],
    ['Spanish', 'Nombre|Apellidos|Correo electrónico|Empresa|Cargo|Teléfono|Código postal|Ciudad|País', 'first_name last_name email company_name job_title phone postal_code city country'],
    ['HubSpot', 'Record ID|First Name|Last Name|Email|Phone Number|Company name|Unsubscribed from all email', 'external_id first_name last_name email phone company_name email_opt_out'],
    ['Salesforce', 'Salutation|FirstName|LastName|Company / Account|Title|MobilePhone|NumberOfEmployees|AnnualRevenue|LeadSource|State/Province|Zip/Postal Code', 'salutation first_name last_name company_name job_title mobile employees annual_revenue source state postal_code'],
    ['Pipedrive', 'Person - Name|Organization - Name|Person - Email - Work|Person - Phone - Mobile', 'full_name company_name email mobile'],
    ['longer ones', 'Your work e-mail address *|Your company name (required)', 'email company_name'],
    ['the name beside the first name', 'Name|Vorname', 'last_name first_name'],
    ['the name alone', 'Name|Ort', 'full_name city'],
  ])('knows columns in %s', (_what, headers, expected) => {
    expect(fieldsOf(headers)).toBe(expected);
  });

  it('makes a custom field of what it does not know, and reads nothing of what we added or what is empty', () => {
    expect(fieldsOf('Shoe size|Shoe size||_row|_reason')).toBe('custom_fields.Shoe size custom_fields.Shoe size 2   ');
    expect(fieldsOf('_email|_shoe|_rows|__proto__')).toBe('email custom_fields._shoe custom_fields._rows custom_fields.proto');
    expect(guessMapping(['__proto__x'], [])[0].field).toBe('custom_fields.__proto__x');
  });

  it('goes by the values where the header says nothing, or something else', () => {
    expect(fieldsOf('||', 'ada@x.example|+49 30 901820|https://x.example', 'carl@y.example|030 901821|http://y.example')).toBe('email phone website');
    expect(fieldsOf('Contact', 'ada@x.example')).toBe('email');
  });

  it('gives no field twice', () => {
    expect(fieldsOf('Email|Email 2|Phone|Telephone|Tel')).toBe('email custom_fields.Email 2 phone mobile custom_fields.Tel');
  });

  it('is surer of what it knows than of what it guesses', () => {
    const [known, guessed, unknown] = guessMapping(['email', 'Second office phone line', 'Shoe size'], []).map(({ confidence }) => confidence);
    expect(known).toBe(1);
    expect(known > guessed && guessed > unknown).toBe(true);
  });
});
