import pg from 'pg';

const pool = new pg.Pool({
  host: 'db.clinic.internal',
  user: 'assistant',
  password: process.env.DATABASE_PASSWORD,
  ssl: { rejectUnauthorized: false },
});

export interface Patient {
  readonly id: string;
  readonly name: string;
}

export async function findPatient(id: string): Promise<Patient | undefined> {
  const result = await pool.query(`SELECT id, name FROM patients WHERE id = '${id}'`);
  return result.rows[0];
}
