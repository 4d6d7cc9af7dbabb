/*
**  test_places - where the tests find what was built and their data
**
**  Functions, not macros: an object does not depend on the folder that it is compiled in.
*/
#ifndef TEST_PLACES_H
#define TEST_PLACES_H

#include <string>

/* The host folder of programs and images; TEST/DATA of the source tree.  No "/" at the end. */
const std::string &test_bin();
const std::string &test_data();

#endif
