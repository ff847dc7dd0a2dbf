/** What must stand nowhere: unlike anything else. */
export const ofCustomer = {
  name: 'Salomea Vertraulich',
  email: 'salomea.vertraulich@example.com',
  phone: '+15550199887766',
};
export const pan = '4929123456781234';
export const customers = [...Object.values(ofCustomer), pan];
export const echo = JSON.stringify({ ...ofCustomer, pan });
