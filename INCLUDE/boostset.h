/*
**  boostset - the only file that includes Boost
**
**  Header-only parts that the C++98 compilers of all three architectures take
**  (spec/vms-build.md 1.4).  A new line here is a risk on the oldest of them.
*/
#ifndef MAIL_BOOSTSET_H
#define MAIL_BOOSTSET_H

#include <boost/cstdint.hpp>
#include <boost/noncopyable.hpp>
#include <boost/scoped_array.hpp>
#include <boost/scoped_ptr.hpp>
#include <boost/shared_ptr.hpp>
#include <boost/static_assert.hpp>
#include <boost/crc.hpp>

#endif
