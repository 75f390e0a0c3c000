/* birth.c: the answers of the first whole visit: a mother at the desk, a father from abroad, a newborn. */
#include "tests/app/birth.h"

/* ICAO Doc 9303 part 4's specimen with another holder; check digits worked out by hand */
#define FATHER                                                                                     \
  "P<PRTSAMPLE<<JOAO<DEMO<<<<<<<<<<<<<<<<<<<<<<\n"                                                 \
  "L898902C36PRT9003071M3504152<<<<<<<<<<<<<<02"

static const struct
{
  const char *service;
  const char *ref;
  const char *value;
} answers[] = {
  { REG, "/data/parents/declarant", "mother" },
  { REG, "/data/parents/married", "yes" },
  { REG, "/data/parents/marriage_place", "macau" },
  { REG, "/data/parents/marriage_date", "2024-02-14" },
  { REG, "/data/child/name_zh", "陳樂" },
  { REG, "/data/child/surname_latin", "SAMPLE" },
  { REG, "/data/child/given_latin", "LOK" },
  { REG, "/data/child/sex", "F" },
  { REG, "/data/birth/hospital", "kiang-wu" },
  { REG, "/data/birth/parish", "antonio" },
  { REG, "/data/father/birth_place", "portugal" },
  { REG, "/data/father/phone_area", "351" },
  { REG, "/data/father/phone_no", "912345678" },
  { REG, "/data/father/address_area", "macau" },
  { REG, "/data/father/address_street", "Avenida de Demonstração" },
  { BIR, "/data/child/nationality", "CN" },
  { FSS, "/data/mother/bank_name", "boc" },
  { FSS, "/data/mother/bank_account", "0123456789" },
};

void
birth_identify (JnVisit *visit)
{
  g_autoptr (JnPerson) mother = desk_identify (visit, "mother", "bir", "1234567(8)");
  g_autoptr (JnPerson) father = desk_scan (visit, "father", FATHER);

  g_assert_true (jn_person_is_known (mother));
  g_assert_false (jn_person_is_known (father));
}

void
birth_answer (JnVisit *visit)
{
  static const char *const services[] = { REG, BIR, FSS };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) born = g_date_time_add_days (now, -9);
  g_autofree char *day = g_date_time_format (born, "%F");

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    desk_set (visit, answers[i].service, answers[i].ref, answers[i].value);
  desk_set (visit, REG, "/data/child/birth_date", day);
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    desk_set (visit, services[i], "/data/declaration/true_data", "yes");
}

void
birth_prepare (JnVisit *visit)
{
  birth_identify (visit);
  desk_start_forms (visit);
  birth_answer (visit);
  desk_settle (visit);
}
