#include "object_library.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace shim {

namespace {

const char member_type[] = ".OBJ";

/* Runs ar; its standard output goes to the file, or nowhere. */
bool run_ar(const std::vector<std::string> &words, const std::string &output)
{
    std::vector<std::string> texts(1, "ar");
    texts.insert(texts.end(), words.begin(), words.end());
    std::vector<char *> arguments;
    for (std::string &text : texts)
        arguments.push_back(&text[0]);
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, output.empty() ? "/dev/null" : output.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0644);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    bool started = posix_spawnp(&child, "ar", &files, nullptr, arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&files);
    int status = -1;
    while (started && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return started && status == 0;
}

/* A folder of our own, with at most one file that ar sees under its member's name. */
class Scratch {
public:
    Scratch()
    {
        char path[] = "/tmp/librarXXXXXX";
        if (mkdtemp(path))
            folder_ = path;
    }
    ~Scratch()
    {
        if (!file_.empty())
            unlink(file_.c_str());
        if (!folder_.empty())
            rmdir(folder_.c_str());
    }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    bool good() const { return !folder_.empty(); }
    std::string file(const std::string &name) { return file_ = folder_ + "/" + name; }

private:
    std::string folder_, file_;
};

bool copy_file(const std::string &from, const std::string &to)
{
    std::ifstream in(from, std::ios::binary);
    std::ofstream out(to, std::ios::binary);
    if (!in.is_open())
        return false;
    out << in.rdbuf();
    out.close();
    return out.good();
}

} // namespace

bool create_archive(const std::string &archive)
{
    std::ofstream out(archive, std::ios::binary);
    out << "!<arch>\n";
    out.close();
    return out.good();
}

bool archive_modules(const std::string &archive, std::vector<std::string> *modules)
{
    Scratch scratch;
    std::string list = scratch.file("list");
    modules->clear();
    if (!scratch.good() || !run_ar({"t", archive}, list))
        return false;
    std::ifstream in(list);
    for (std::string line; std::getline(in, line);)
        modules->push_back(line.substr(0, line.rfind('.')));
    return true;
}

bool put_object(const std::string &archive, const std::string &module, const std::string &object)
{
    Scratch scratch;
    std::string member = scratch.file(module + member_type);
    return scratch.good() && copy_file(object, member) && run_ar({"rcs", archive, member}, "");
}

bool remove_object(const std::string &archive, const std::string &module)
{
    return run_ar({"ds", archive, module + member_type}, "");
}

bool extract_object(const std::string &archive, const std::string &module,
                    const std::string &object)
{
    return run_ar({"p", archive, module + member_type}, object);
}

} // namespace shim
