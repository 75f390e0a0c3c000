# test-layers: the check of who includes what finds what it is there for, and passes this house.
. tests/tap.sh
house=$TMPDIR/house
mkdir -p "$house/tests/house" "$house/forms" "$house/printing" "$house/app/postgres" "$house/app/journal" "$house/app/papers" "$house/ui"
cp tests/house/layers "$house/tests/house/"
git -C "$house" init -q

# including FILE HEADER: the check of a house in which FILE includes HEADER
including() {
  printf '#include %s\n' "$2" >"$house/$1"
  "$house/tests/house/layers"
  local status=$?
  rm "$house/$1"
  return $status
}
allowed() { ok "$1 may include $2" including "$1" "$2"; }
forbidden() { ok "$1 may not include $2" refused including "$1" "$2"; }

ok 'this house is in order' tests/house/layers
allowed forms/a.c '"forms/form.h"'
forbidden forms/a.c '"printing/document.h"'
forbidden forms/a.c '"app/visit.h"'
forbidden forms/a.c '<gtk/gtk.h>'
forbidden printing/a.c '"forms/form.h"'
allowed printing/a.c '<cups/cups.h>'
forbidden app/a.c '<cups/cups.h>'
forbidden app/a.c '<gdk/gdk.h>'
allowed app/papers/a.c '"printing/document.h"'
forbidden app/a.c '"app/postgres/postgres.h"'
allowed app/open.c '"app/postgres/postgres.h"'
forbidden app/journal/a.c '"app/postgres/postgres.h"'
forbidden app/postgres/a.c '"forms/form.h"'
allowed app/postgres/a.c '<libpq-fe.h>'
forbidden app/a.c '<libpq-fe.h>'
allowed ui/a.c '"app/visit.h"'
forbidden ui/a.c '"app/postgres/postgres.h"'
forbidden ui/a.c '"app/journal/journal.h"'
forbidden ui/a.c '<sqlite3.h>'
done_testing
