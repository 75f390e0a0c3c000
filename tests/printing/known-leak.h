/* known-leak.h: around cairo's PDF output: cairo 1.16 loses 768 bytes for each CFF font that it subsets. */
#pragma once

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#define KNOWN_LEAK_BEGIN __lsan_disable ()
#define KNOWN_LEAK_END __lsan_enable ()
#else
#define KNOWN_LEAK_BEGIN (void)0
#define KNOWN_LEAK_END (void)0
#endif
