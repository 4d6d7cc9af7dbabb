/*
**  session_fixture - an interpreter in a scratch root; what it writes is in a file
*/
#ifndef TEST_DCL_SESSION_FIXTURE_H
#define TEST_DCL_SESSION_FIXTURE_H

#include "../SHIM/shim_root.h"

#include "rms_spec.h"
#include "session.h"

#include <fcntl.h>
#include <fstream>
#include <sstream>

class SessionFixture {
public:
    SessionFixture()
    {
        shim::define_standard_logicals();
        out_ = root_.path() + "/output";
        int fd = open(out_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        session.reset(new shim::dcl::Session);
        session->output = std::make_shared<shim::dcl::Output>(fd, "_MBA1:", true);
        session->error = session->output;
        session->define_permanent_files();
    }
    /* What has been written since the last call. */
    std::string output()
    {
        std::ifstream file(out_);
        std::stringstream text;
        text << file.rdbuf();
        std::string all = text.str(), fresh = all.substr(seen_);
        seen_ = all.size();
        return fresh;
    }

private:
    ShimRoot root_;
    std::string out_;
    size_t seen_ = 0;

public:
    std::unique_ptr<shim::dcl::Session> session;
};

#endif
