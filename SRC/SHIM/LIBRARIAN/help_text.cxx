#include "help_text.h"

#include <cctype>

namespace shim {

namespace {

const int levels = 9;

bool blank(char c)
{
    return c == ' ' || c == '\t';
}

/* 0: no line that opens a topic. */
int level_of(const std::string &line)
{
    if (line.size() < 2 || line[0] < '1' || line[0] > '9' || !blank(line[1]))
        return 0;
    return line[0] - '0';
}

std::string trimmed(const std::string &text)
{
    size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t\r");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/* "/LOG" of "/LOG=option (default)" */
std::string qualifier_key(const std::string &line)
{
    size_t end = 1;
    while (end < line.size() && (isalnum(static_cast<unsigned char>(line[end])) ||
                                 line[end] == '_' || line[end] == '$' || line[end] == '-'))
        end++;
    return line.substr(0, end);
}

void drop_blank_ends(std::vector<std::string> *text)
{
    while (!text->empty() && trimmed(text->back()).empty())
        text->pop_back();
    size_t first = 0;
    while (first < text->size() && trimmed((*text)[first]).empty())
        first++;
    text->erase(text->begin(), text->begin() + first);
}

void tidy(HelpTopic *topic)
{
    drop_blank_ends(&topic->text);
    for (HelpTopic &t : topic->topics)
        tidy(&t);
    for (HelpTopic &q : topic->qualifiers)
        tidy(&q);
}

} // namespace

std::vector<Module> help_modules(const std::vector<std::string> &lines, size_t key_size,
                                 std::vector<HelpError> *errors)
{
    std::vector<Module> modules;
    int level = 0;
    for (size_t i = 0; i < lines.size(); i++) {
        const std::string &line = lines[i];
        int number = static_cast<int>(i) + 1, opened = level_of(line);
        if (!line.empty() && line[0] == '!')
            continue;
        if (opened) {
            std::string key = trimmed(line.substr(1));
            if (key.empty())
                errors->push_back(HelpError{number, "a level without a key"});
            else if (key.size() > key_size)
                errors->push_back(HelpError{number, "key " + key + " is longer than " +
                                                        std::to_string(key_size) + " characters"});
            if (opened > level + 1)
                errors->push_back(HelpError{number, "level " + std::to_string(opened) +
                                                        " follows level " + std::to_string(level)});
            level = opened;
            if (opened == 1)
                modules.push_back(Module());
            if (opened == 1)
                modules.back().name = key;
        } else if (modules.empty()) {
            if (!trimmed(line).empty())
                errors->push_back(HelpError{number, "text before the first topic"});
            continue;
        }
        if (!modules.empty())
            modules.back().lines.push_back(line);
    }
    return modules;
}

HelpTopic help_topic(const Module &module)
{
    HelpTopic root;
    HelpTopic *path[levels + 1] = {&root};
    int level = 0;
    HelpTopic *qualifier = nullptr;
    bool heading = false; /* the line before opened a qualifier */
    for (const std::string &line : module.lines) {
        int opened = level_of(line);
        if (opened) {
            level = opened < level + 1 ? opened : level + 1;
            HelpTopic topic;
            topic.key = trimmed(line.substr(1));
            path[level - 1]->topics.push_back(topic);
            path[level] = &path[level - 1]->topics.back();
            qualifier = nullptr;
        } else if (line.size() > 1 && line[0] == '/' && level) {
            if (!heading || !qualifier) {
                HelpTopic topic;
                topic.key = qualifier_key(line);
                path[level]->qualifiers.push_back(topic);
                qualifier = &path[level]->qualifiers.back();
            }
            qualifier->text.push_back(line);
            heading = true;
            continue;
        } else if (level) {
            (qualifier ? qualifier : path[level])->text.push_back(line);
        }
        heading = false;
    }
    HelpTopic topic = root.topics.empty() ? HelpTopic() : root.topics[0];
    topic.key = topic.key.empty() ? module.name : topic.key;
    tidy(&topic);
    return topic;
}

} // namespace shim
