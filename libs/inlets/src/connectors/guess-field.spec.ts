import { guessField } from './guess-field';

it.each([
  ['What is your work email?', 'email'], ["What's your name?", 'full_name'], ['Company name', 'company_name'], ['companyName', 'company_name'], ['Wie heißen Sie?', 'full_name'],
  ['Ihre E-Mail-Adresse', 'email'], ['Telefonnummer', 'phone'], ['Handynummer', 'mobile'], ['Numéro de téléphone', 'phone'], ['Nom de famille', 'last_name'], ['Prénom', 'first_name'],
  ['Nom', 'last_name'], ['¿Cuál es tu nombre?', 'full_name'], ['Correo electrónico', 'email'], ['Empresa', 'company_name'], ['Azienda', 'company_name'], ['電話番号', 'phone'],
  ['メールアドレス', 'email'], ['会社名', 'company_name'], ['お名前', 'full_name'], ['Номер телефона', 'phone'], ['Фамилия', 'last_name'], ['Job Function', 'job_title'],
  ['How many employees', 'employees'], ['What is your budget?', 'budget'], ['Please share anything that will help prepare for our meeting', 'description'],
  ['How can we help?', 'description'], ["Which company's software do you use?", undefined], ['Wofür interessieren Sie sich?', undefined], ['', undefined], ['contact_id', 'external_id'],
])('"%s" asks for %s', (question, field) => {
  expect(guessField('q_7', question)).toBe(field);
});

it('goes by the name first', () => {
  expect(guessField('phone_number', 'Where can we email you?')).toBe('phone');
});
